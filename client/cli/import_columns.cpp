#include "client/cli/import_columns.hpp"

#include <algorithm>
#include <string_view>

#include "client/text/unicode.hpp"

namespace hoso::client::cli {
namespace {

constexpr unsigned subjects = 1, products = 2, certificates = 4, all = 7;

// The first heading of each language is the one to write, and the one in our own lists; the others are met in offices.
struct Known {
    Field field;
    unsigned in;      // kinds of import
    unsigned needed;  // by these
    const char* vi;
    const char* en;
    std::string_view others;  // folded, between bars
};
constexpr Known columns[] = {
    {Field::name, subjects, subjects, "Tên", "Name",
     "|ten chu the|chu the|subject|subject name|ten co so|co so san xuat|don vi san xuat|ten don vi|"},
    {Field::name, products | certificates, products | certificates, "Tên", "Name",
     "|ten san pham|san pham|product|product name|ten san pham dich vu|"},
    {Field::unit, all, all, "Đơn vị", "Unit",
     "|xa|xa phuong|xa phuong thi tran|ten xa|ten xa phuong|commune|ward|dia ban|don vi hanh chinh|path|"},
    {Field::unit_code, all, 0, "Mã xã", "Unit code",
     "|ma don vi|ma don vi hanh chinh|ma dvhc|ma xa phuong|commune code|code of the unit|"},
    {Field::district, all, 0, "Huyện", "District", "|quan huyen|huyen thanh pho|huyen thi xa thanh pho|ten huyen|"},
    {Field::type, subjects, subjects, "Loại", "Type", "|loai chu the|loai hinh|loai hinh to chuc|loai hinh chu the|subject type|"},
    {Field::registration, all, 0, "Số đăng ký", "Registration",
     "|registration number|so dang ky kinh doanh|giay dang ky kinh doanh|so dkkd|ma so thue|mst|tax code|ma so doanh nghiep|"},
    {Field::representative, subjects, 0, "Người đại diện", "Representative",
     "|dai dien|dai dien phap luat|nguoi dai dien phap luat|nguoi dai dien theo phap luat|"},
    {Field::phone, subjects, 0, "Điện thoại", "Phone", "|so dien thoai|sdt|phone number|telephone|"},
    {Field::address, subjects, 0, "Địa chỉ", "Address", "|dia chi chu the|dia chi san xuat|"},
    {Field::set, products | certificates, products, "Bộ sản phẩm", "Set", "|product set|ma bo san pham|"},
    {Field::code, products | certificates, 0, "Mã", "Code", "|ma san pham|ma so san pham|product code|"},
    {Field::subject, products | certificates, products, "Chủ thể", "Subject",
     "|ten chu the|subject name|chu the san xuat|ten co so|co so san xuat|don vi san xuat|"},
    {Field::subject_type, products | certificates, 0, "Loại chủ thể", "Subject type",
     "|loai hinh|loai hinh to chuc|loai hinh chu the|"},
    {Field::subject_unit, products | certificates, 0, "Đơn vị của chủ thể", "Subject unit", "|xa cua chu the|dia ban cua chu the|"},
    {Field::year, products, 0, "Năm", "Year", "|nam dang ky|nam danh gia|year of registration|"},
    {Field::certificate, certificates, certificates, "Giấy chứng nhận", "Certificate",
     "|so giay chung nhan|certificate number|so gcn|so chung nhan|ma so giay chung nhan|"},
    {Field::stars, certificates, certificates, "Sao", "Stars",
     "|so sao|hang sao|hang|phan hang|xep hang|ket qua phan hang|ket qua|"},
    {Field::issued, certificates, certificates, "Ngày cấp", "Issued",
     "|ngay cap giay chung nhan|ngay cap gcn|issue date|date of issue|issued on|"},
    {Field::decision, certificates, 0, "Quyết định", "Decision",
     "|so quyet dinh|so qd|quyet dinh so|quyet dinh cong nhan|decision number|"},
    {Field::decision_date, certificates, 0, "Ngày quyết định", "Decision date",
     "|ngay ky|ngay ky quyet dinh|ngay ban hanh|ngay ban hanh quyet dinh|date of decision|"},
    {Field::rule_set, certificates, 0, "Bộ tiêu chí", "Rule set", "|ruleset|ma bo tieu chi|regulation|"},
    {Field::last_day, certificates, 0, "Hết hạn", "Last day",
     "|ngay het han|han su dung|hieu luc den|expires|expiry date|valid until|"},
    {Field::revoked, certificates, 0, "Thu hồi", "Revoked", "|da thu hoi|bi thu hoi|"},
    {Field::renews, certificates, 0, "Đăng ký lại", "Renews", "|co dang ky lai|registers again|"},
};

unsigned bit(ImportKind kind) { return 1u << static_cast<unsigned>(kind); }

// Letters and digits, one blank for what is between them.
std::string plain(std::string_view heading) {
    std::string outside;
    int depth = 0;
    for (const char at : folded(heading)) {
        depth += at == '(' ? 1 : 0;
        if (depth == 0) outside += at;
        depth -= at == ')' && depth > 0 ? 1 : 0;
    }
    std::string words;
    bool blank = false;
    for (const char at : outside) {
        if ((at >= 'a' && at <= 'z') || (at >= '0' && at <= '9')) {
            if (blank && !words.empty()) words += ' ';
            words += at;
            blank = false;
        } else {
            blank = true;
        }
    }
    return words;
}

const Known* known(ImportKind kind, std::string_view heading) {
    const std::string words = plain(heading);
    if (words.empty()) return nullptr;
    const auto found = std::find_if(std::begin(columns), std::end(columns), [&](const Known& column) {
        if (!(column.in & bit(kind))) return false;
        return words == plain(column.vi) || words == plain(column.en) ||
               column.others.find("|" + words + "|") != std::string_view::npos;
    });
    return found == std::end(columns) ? nullptr : found;
}

Error missing(Language language, const std::vector<std::string>& headings, const std::string& names) {
    std::string here;
    for (const std::string& heading : headings) here += (here.empty() ? "" : ", ") + heading;
    return {Errc::invalid, pick(language, "Thiếu cột: ", "A column is missing: ") + names +
                               pick(language, ". Tệp có: ", ". The file has: ") + here + "."};
}

}  // namespace

bool is_needed(ImportKind kind, Field field) {
    return std::any_of(std::begin(columns), std::end(columns),
                       [&](const Known& column) { return column.field == field && (column.needed & bit(kind)); });
}

std::string called(Language language, ImportKind kind, Field field) {
    const auto found = std::find_if(std::begin(columns), std::end(columns),
                                    [&](const Known& column) { return column.field == field && (column.in & bit(kind)); });
    return found == std::end(columns) ? std::string{} : std::string(pick(language, found->vi, found->en));
}

Result<Columns> find_columns(ImportKind kind, const std::vector<std::string>& headings, Language language) {
    Columns found;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        const Known* column = known(kind, headings[i]);
        if (!column) {
            if (headings[i].find_first_not_of(" \t\n") != std::string::npos) found.ignored.push_back(headings[i]);
            continue;
        }
        const auto [first, is_new] = found.at.emplace(column->field, i);
        if (is_new) continue;
        return Error{Errc::invalid, pick(language, "Hai cột nói cùng một điều: ", "Two columns say the same: ") +
                                        headings[first->second] + ", " + headings[i] + "."};
    }
    std::string names;
    for (const Known& column : columns) {
        if (!(column.needed & bit(kind)) || found.at.contains(column.field)) continue;
        if (column.field == Field::unit && found.at.contains(Field::unit_code)) continue;
        names += (names.empty() ? "" : ", ") + std::string(pick(language, column.vi, column.en));
    }
    if (!names.empty()) return missing(language, headings, names);
    return found;
}

}  // namespace hoso::client::cli
