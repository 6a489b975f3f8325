"""Signatures on papers: one interface, whatever holds the key, and the check of signatures in a file.

Which signer an installation uses, and what is written of it, is left to `lontar.documents`. The libraries are imported only
when a paper is signed or checked.
"""

from lontar.engines.papers.signing.bsre import Bsre, BsreSigner
from lontar.engines.papers.signing.checking import FoundSignature, SignaturesUnread, Trust, check_signatures
from lontar.engines.papers.signing.interface import Means, Signed, Signer, SigningProblem
from lontar.engines.papers.signing.keys import DEMO_MARK, Keyed, make_demo, read_keyed
from lontar.engines.papers.signing.local import LocalSigner, TimeAuthority

__all__ = [
    "DEMO_MARK",
    "Bsre",
    "BsreSigner",
    "FoundSignature",
    "Keyed",
    "LocalSigner",
    "Means",
    "SignaturesUnread",
    "Signed",
    "Signer",
    "SigningProblem",
    "TimeAuthority",
    "Trust",
    "check_signatures",
    "make_demo",
    "read_keyed",
]
