"""How requests are served: processes, protection, compression, style sheets and static files."""
