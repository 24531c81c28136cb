"""The marketer's drawer at the desk, one module for each thing that lies in it."""
