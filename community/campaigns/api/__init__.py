"""The front door's part of the API: each module holds the addresses of one noun."""

from ninja import Router

from community.campaigns.api import conversions, hooks, links, pictures, plans, ways

router = Router()
router.add_router("", plans.router)
router.add_router("", links.router)
router.add_router("", pictures.router)
router.add_router("", ways.router)
router.add_router("", conversions.router)
router.add_router("", hooks.router)
