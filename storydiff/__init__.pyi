from storydiff.engine import collate as collate
from storydiff.engine import read_text as read_text
from storydiff.errors import StorydiffError as StorydiffError
from storydiff.model import Collation as Collation
from storydiff.model import Discrepancy as Discrepancy
from storydiff.model import Extent as Extent
from storydiff.model import Paragraph as Paragraph
from storydiff.model import Point as Point
from storydiff.model import Status as Status
from storydiff.model import Version as Version
from storydiff.settings import Settings as Settings

__version__: str
__all__: list[str]
