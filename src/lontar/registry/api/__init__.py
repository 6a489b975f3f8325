"""API of the registry: coverage, regions, villages, enterprises, products, licences and the rest of the programme data.

Each operation parses, asks one query and sends. Without a key a caller reads what anyone may read; with a key or a session
whose duty needs them, the office's fields within the post's region. Personal values are in none of the queries used here.
"""

from ninja import Router

from lontar.registry.api import enterprises, goods, regions

router = Router()
router.add_router("", regions.router)
router.add_router("", enterprises.router)
router.add_router("", goods.router)

__all__ = ["router"]
