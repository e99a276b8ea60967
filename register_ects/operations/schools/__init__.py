"""What a school says of itself, and what DfE tells schools."""
