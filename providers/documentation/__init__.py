"""The public pages about the lead provider API (spec 02 §2.20).

Content designers write Markdown under ``providers/guidance/``; tables of facts in it come from
the reference data and the rules, by the directives of ``facts.py``.
"""
