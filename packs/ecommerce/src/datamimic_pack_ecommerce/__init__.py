"""Online shops: products, customers, orders, order lines and reviews that agree with each other."""

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_pack_ecommerce.entities.customer import Customer as Customer
    from datamimic_pack_ecommerce.entities.customer import CustomerService as CustomerService
    from datamimic_pack_ecommerce.entities.order import Order as Order
    from datamimic_pack_ecommerce.entities.order import OrderService as OrderService
    from datamimic_pack_ecommerce.entities.order_line import OrderLine as OrderLine
    from datamimic_pack_ecommerce.entities.order_line import OrderLineService as OrderLineService
    from datamimic_pack_ecommerce.entities.product import Product as Product
    from datamimic_pack_ecommerce.entities.product import ProductService as ProductService
    from datamimic_pack_ecommerce.entities.refund_abuse import RefundAbuse as RefundAbuse
    from datamimic_pack_ecommerce.entities.refund_abuse import RefundAbuseService as RefundAbuseService
    from datamimic_pack_ecommerce.entities.review import Review as Review
    from datamimic_pack_ecommerce.entities.review import ReviewService as ReviewService
    from datamimic_pack_ecommerce.entities.session import Session as Session
    from datamimic_pack_ecommerce.entities.session import SessionService as SessionService
    from datamimic_pack_ecommerce.entities.stock_movement import StockMovement as StockMovement
    from datamimic_pack_ecommerce.entities.stock_movement import StockMovementService as StockMovementService
    from datamimic_pack_ecommerce.entities.visitor import Visitor as Visitor
    from datamimic_pack_ecommerce.entities.visitor import VisitorService as VisitorService

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Customer": ".entities.customer",
        "CustomerService": ".entities.customer",
        "Order": ".entities.order",
        "OrderService": ".entities.order",
        "OrderLine": ".entities.order_line",
        "OrderLineService": ".entities.order_line",
        "Product": ".entities.product",
        "ProductService": ".entities.product",
        "RefundAbuse": ".entities.refund_abuse",
        "RefundAbuseService": ".entities.refund_abuse",
        "Review": ".entities.review",
        "ReviewService": ".entities.review",
        "Session": ".entities.session",
        "SessionService": ".entities.session",
        "StockMovement": ".entities.stock_movement",
        "StockMovementService": ".entities.stock_movement",
        "Visitor": ".entities.visitor",
        "VisitorService": ".entities.visitor",
    },
)
