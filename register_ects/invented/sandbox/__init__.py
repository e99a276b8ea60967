"""Data for lead providers to try their systems on: invented people at real schools.

``builder`` says how a situation is built, the modules of scenarios which situations there are, and
``seeding`` builds and removes them for one provider. Refused in production.
Source: spec 02 §2.17.3.
"""
