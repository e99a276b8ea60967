"""Give several ECTs a mentor, or change who trains or assesses them, at once (spec 05 §20.3).

A journey per change: which ECTs, who it is to be, what that means for each ECT, and what was done.
"""
