"""The version of Plainwhy, as the audit and the pages name it."""

VERSION = "0.1.0"
