#pragma once

#include <array>

// Words of the length and letters that officers write, for a history made up by the bench.
namespace hoso::bench {

struct Ware {
    const char* name;
    const char* set;  // key of its product set
};
inline constexpr std::array wares = {Ware{"Chè Shan tuyết", "tea"},
                                     Ware{"Cam Cao Phong", "fresh_produce"},
                                     Ware{"Mật ong rừng", "honey_other"},
                                     Ware{"Thịt lợn bản địa", "fresh_animal"},
                                     Ware{"Gạo nếp nương", "rice_cereal"},
                                     Ware{"Măng chua sấy", "processed_produce"},
                                     Ware{"Cá sông Đà nướng", "processed_animal"},
                                     Ware{"Trà túi lọc xạ đen", "herbal_tea"},
                                     Ware{"Rượu hoãng", "white_spirit"},
                                     Ware{"Vải thổ cẩm Mường", "fabric_garment"},
                                     Ware{"Giỏ mây tre đan", "handicraft"},
                                     Ware{"Tinh dầu sả chanh", "essential_oil_herb"},
                                     Ware{"Bản du lịch cộng đồng", "community_tourism"}};

inline constexpr std::array owners = {"Hợp tác xã nông nghiệp", "Tổ hợp tác", "Công ty TNHH", "Hộ kinh doanh", "Trang trại"};
inline constexpr std::array owner_types = {"cooperative", "cooperative_group", "sme", "household_registered", "farm"};

// The fields of a registration form.
inline constexpr std::array fields = {
    "address", "phone",       "email",        "contact",          "registration_date", "product_size", "packaging",
    "price",   "yield",       "area",         "workers",          "local_workers",     "revenue_1",    "revenue_2",
    "markets", "ingredients", "quality_mark", "production_start", "raw_material_area", "story_short"};

inline constexpr std::array phrases = {"thôn Bưa Cốc, gần nhà văn hóa xã",
                                       "0912 345 678",
                                       "túi giấy kraft 200 g, hút chân không",
                                       "120.000 đồng/kg tại vườn",
                                       "14 lao động, trong đó 11 người địa phương",
                                       "2,4 tỷ đồng",
                                       "vùng nguyên liệu 35 ha có hợp đồng liên kết",
                                       "bán tại chợ huyện, Hà Nội và hai sàn thương mại điện tử",
                                       "nguyên liệu thu hái tay từ cây cổ thụ trên 100 năm tuổi ở độ cao 1.200 m",
                                       "đã công bố chất lượng"};

inline constexpr std::array documents_called = {"Phiếu đăng ký đánh giá, phân hạng sản phẩm", "Bản tự công bố sản phẩm số 02",
                                                "Phiếu kiểm nghiệm ngày 12/5 của trung tâm",  "Hợp đồng liên kết tiêu thụ",
                                                "Giấy chứng nhận đăng ký hộ kinh doanh",      "Ảnh cơ sở sản xuất và bao bì"};

inline constexpr std::array notes = {
    "Đã gọi chủ thể, hẹn bổ sung phiếu kiểm nghiệm trước thứ Sáu.", "Kiểm tra tại cơ sở: có sổ ghi chép, nhãn hàng hóa đúng mẫu.",
    "Chủ thể hỏi về hạn nộp hồ sơ; đã trả lời theo công văn của tỉnh.", "Ảnh minh chứng mờ, đề nghị chụp lại."};

}  // namespace hoso::bench
