"""Speed and memory, measured on real runs of the product; `python -m bench` prints every figure beside its aim."""
