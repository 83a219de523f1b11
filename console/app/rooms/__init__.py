"""The pages of the rooms, each built from the console's parts when it is first shown.

Every module here has ``build(console) -> QWidget``; it is imported when its page is first looked at.
"""
