"""What every migration stands on."""

from sqlite_utils import Migrations

APPLICATION_ID = 0x50415042
"""`PAPB`, in the header of every database of ours."""

migrations = Migrations("paperboy")
