"""The command console of one street police post."""

import os

# openpyxl would read workbooks with lxml, which follows a hostile one's entities; set before anybody
# brings it
os.environ["OPENPYXL_LXML"] = "False"
