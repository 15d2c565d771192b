"""Who takes part in the demo and with what: real units and rules of Hòa Bình, illustrative subjects and products, posts without persons."""

from dataclasses import dataclass, field

ROUND_DEADLINE = "2023-12-15"
RULES = "ocop-148-2023"
PROVINCE = "17"
DISTRICTS = {"da-bac": ("17/150", "Đà Bắc"), "kim-boi": ("17/153", "Kim Bôi")}
SHORT = {"province": "HB", "da-bac": "ĐB", "kim-boi": "KB"}  # in the patterns of numbers, which one log never grants twice
COMMUNES = {
    "tu-ly": ("17/150/04867", "Tú Lý", "da-bac"),
    "cao-son": ("17/150/04876", "Cao Sơn", "da-bac"),
    "bo": ("17/153/04978", "Bo", "kim-boi"),
    "mi-hoa": ("17/153/05083", "Mi Hòa", "kim-boi"),
}
# Communes whose nine subjects did not come back: no desk of theirs takes part.
OTHERS = ["17/148/04813", "17/152/04924", "17/154/05089", "17/155/05128", "17/156/05200", "17/157/05266", "17/158/05353", "17/159/05392", "17/155/05128"]


@dataclass
class Entry:
    """One product: what the communes file and what the councils find. `score` is the mean the district council tends to."""

    number: int
    name: str
    product_set: str
    commune: str
    score: int
    stars: int                    # by points and gates
    renewal: bool = True          # a certificate of 2019 that ran out
    misses_gate: int = 0
    province_score: int = 0
    ids: dict = field(default_factory=dict)

    @property
    def subject(self):
        return f"Hợp tác xã minh họa {self.number:02}"

    @property
    def certificate(self):
        return f"OCOP-2019-{self.number:03}"


def entries():
    rows = [
        # commune    name                                set                  score stars  more
        ("tu-ly", "Chè Shan tuyết", "tea", 92, 5, {"province_score": 92}),
        ("tu-ly", "Mật ong hoa rừng", "honey_other", 66, 3, {}),
        ("tu-ly", "Gạo nếp nương", "rice_cereal", 61, 3, {}),
        ("tu-ly", "Măng chua", "processed_produce", 58, 3, {"renewal": False}),
        ("tu-ly", "Trà hoa rừng", "herbal_tea", 44, 2, {"renewal": False}),
        ("cao-son", "Cá sông Đà", "fresh_animal", 75, 4, {"province_score": 76}),
        ("cao-son", "Thịt lợn bản địa hun khói", "processed_animal", 63, 3, {}),
        ("cao-son", "Rượu ngô", "white_spirit", 60, 3, {}),
        ("cao-son", "Du lịch cộng đồng hồ Hòa Bình", "community_tourism", 79, 4, {"province_score": 80}),
        ("cao-son", "Bún khô", "processed_cereal", 55, 3, {"renewal": False}),
        ("bo", "Cam Canh", "fresh_produce", 83, 4, {"province_score": 82}),
        ("bo", "Nhãn sấy", "processed_produce", 74, 3, {"misses_gate": 4}),
        ("bo", "Thổ cẩm Mường", "fabric_garment", 62, 3, {}),
        ("bo", "Tương nếp", "liquid_condiment", 57, 3, {}),
        ("bo", "Tinh dầu sả", "essential_oil_herb", 53, 3, {"renewal": False}),
        ("mi-hoa", "Rau an toàn", "fresh_produce", 86, 4, {"province_score": 85}),
        ("mi-hoa", "Muối hạt dổi", "other_condiment", 64, 3, {}),
        ("mi-hoa", "Mây tre đan", "handicraft", 59, 3, {}),
        ("mi-hoa", "Nước ép dứa", "other_soft_drink", 56, 3, {"renewal": False}),
        ("mi-hoa", "Xúc xích gác bếp", "fast_food", 52, 3, {"renewal": False}),
    ]
    return [Entry(i, f"{name} (minh họa)", product_set, commune, score, stars, **more)
            for i, (commune, name, product_set, score, stars, more) in enumerate(rows, 1)]


def lapsed():
    """The nine certificates of 2019 whose subjects do not register again."""
    return [Entry(20 + i, f"Sản phẩm không đăng ký lại {i:02} (minh họa)", "fresh_produce", unit, 0, 0) for i, unit in enumerate(OTHERS, 1)]
