"""Signatures on papers: one interface, whatever holds the key.

Which one an installation uses, and what is written of it, is left to `lontar.documents`.
"""

from lontar.engines.papers.signing.interface import Signed, Signer, SigningProblem

__all__ = ["Signed", "Signer", "SigningProblem"]
