"""What devices send and get back: taking in changes, and copies saved as files."""
