"""Register an early career teacher: the journey of spec 05 §7."""
