"""The door for `flask --app app …`: builds the site from the environment, or says what is wrong with it."""

import os
import sys

from cfc_groups import SettingsError, create_app
from cfc_groups.config import load_settings

try:
    app = create_app(load_settings(os.environ))
except SettingsError as problem:
    print(problem, file=sys.stderr)
    raise SystemExit(2) from None
