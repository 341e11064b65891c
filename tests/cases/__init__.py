"""Trouble that readers of such texts have had, each with the right answer: data, by the kind.

Every input is invented. A case is a text, what is read of it otherwise than of the page it was
made from, and what is reported. The sources are public issue threads of other readers.
"""
