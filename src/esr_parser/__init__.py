from esr_parser._version import __version__
from esr_parser.parser import Parser, default_parser
from esr_parser.model import *
from esr_parser.document import Document
from esr_parser.diagnostics import *
from esr_parser.handlers import SectionHandler, BUILT_IN_HANDLERS
from esr_parser.grammar import *
from esr_parser.render import UnrepresentableError
_d=default_parser()
parse_document=_d.parse_document
parse_description=_d.parse_description
render_description=_d.render_description
split_documents=_d.split_documents
read_document=_d.read_document
