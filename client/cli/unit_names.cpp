#include "client/cli/unit_names.hpp"

#include <algorithm>

#include "client/text/unicode.hpp"
#include "client/views/parts.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t listed_max = 5;
constexpr int takeovers_max = 16;  // units may be closed into each other

// Kinds as they stand before names, folded, and their abbreviations.
constexpr std::pair<std::string_view, std::string_view> kinds[] = {
    {"xa", "xa"},        {"x.", "xa"},         {"phuong", "phuong"}, {"p.", "phuong"},       {"thi tran", "thi tran"},
    {"tt", "thi tran"},  {"tt.", "thi tran"},  {"huyen", "huyen"},   {"h.", "huyen"},        {"thanh pho", "thanh pho"},
    {"tp", "thanh pho"}, {"tp.", "thanh pho"}, {"thi xa", "thi xa"}, {"tx", "thi xa"},       {"tx.", "thi xa"},
    {"quan", "quan"},    {"q.", "quan"},       {"tinh", "tinh"},     {"dac khu", "dac khu"},
};

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != ' ') words.back() += text[i];
        if ((text[i] == ' ' || text[i] == '.') && !words.back().empty()) words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

std::string joined(const std::vector<std::string>& words, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < words.size(); ++i) text += (text.empty() ? "" : " ") + words[i];
    return text;
}

std::string_view without_zeros(std::string_view code) {
    const bool digits = !code.empty() && code.find_first_not_of("0123456789") == std::string_view::npos;
    return digits ? code.substr(std::min(code.find_first_not_of('0'), code.size() - 1)) : code;
}

bool was_open(const domain::Unit& unit, Date day) {
    return (unit.valid_from == Date{} || unit.valid_from <= day) && (unit.valid_to == Date{} || unit.valid_to >= day);
}

}  // namespace

UnitNames::UnitNames(const domain::Registry& registry, Language language) : registry_(registry), language_(language) {
    for (const auto& [id, unit] : registry.units) {
        const Name& name = names_[id] = taken_apart(unit.name);
        keys_[name.key].push_back(&unit);
        plain_[name.plain].push_back(&unit);
        codes_[std::string(without_zeros(unit.code))].push_back(&unit);
    }
}

UnitNames::Name UnitNames::taken_apart(std::string_view name) {
    const std::vector<std::string> words = words_of(name);
    for (std::size_t taken = std::min<std::size_t>(2, words.size()); taken > 0; --taken) {
        const std::string before = folded(joined({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(taken)}, 0));
        const auto found = std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& kind) { return kind.first == before; });
        if (found == std::end(kinds) || taken == words.size()) continue;
        const std::string rest = joined(words, taken);
        return {std::string(found->second), name_key(rest), folded(rest)};
    }
    const std::string whole = joined(words, 0);
    return {{}, name_key(whole), folded(whole)};
}

// Accents decide before what is without them, a name with its kind before one without.
UnitNames::Units UnitNames::by_name(std::string_view name) const {
    const Name asked = taken_apart(name);
    for (const bool same_kind : {true, false}) {
        for (const auto& [index, key] : {std::pair{&keys_, &asked.key}, std::pair{&plain_, &asked.plain}}) {
            const auto found = index->find(*key);
            if (found == index->end()) continue;
            Units fitting;
            for (const domain::Unit* unit : found->second) {
                const std::string& kind = names_.at(unit->id).kind;
                if (same_kind ? kind == asked.kind : kind.empty() || asked.kind.empty()) fitting.push_back(unit);
            }
            if (!fitting.empty()) return fitting;
        }
    }
    return {};
}

// As it is written before one that lacks zeros.
UnitNames::Units UnitNames::by_code(std::string_view code) const {
    const auto found = codes_.find(without_zeros(code));
    if (found == codes_.end()) return {};
    Units exact;
    for (const domain::Unit* unit : found->second) {
        if (unit->code == code) exact.push_back(unit);
    }
    return exact.empty() ? found->second : exact;
}

UnitNames::Units UnitNames::below(Units units, const Units& above) const {
    std::erase_if(units, [&](const domain::Unit* unit) {
        for (const domain::Unit* at = registry_.unit(unit->parent); at; at = registry_.unit(at->parent)) {
            if (std::find(above.begin(), above.end(), at) != above.end()) return false;
        }
        return true;
    });
    return units;
}

// Codes from the top: 17/150/04876.
UnitNames::Units UnitNames::by_path(std::string_view path) const {
    Units units;
    for (bool top = true; !path.empty(); top = false) {
        const std::string_view code = path.substr(0, path.find('/'));
        Units next = by_code(code);
        std::erase_if(next, [&](const domain::Unit* unit) {
            const auto is_parent = [&](const domain::Unit* above) { return above->id == unit->parent; };
            return top ? unit->parent != UnitId{} : std::none_of(units.begin(), units.end(), is_parent);
        });
        units = std::move(next);
        path.remove_prefix(std::min(code.size() + 1, path.size()));
    }
    return units;
}

UnitNames::Units UnitNames::by_text(const std::string& text) const {
    if (const auto id = UnitId::from_hex(text)) {
        const domain::Unit* unit = registry_.unit(*id);
        return unit ? Units{unit} : Units{};
    }
    Units units = by_path(text);
    if (units.empty()) units = by_code(text);
    return units.empty() ? by_name(text) : units;
}

Result<UnitId> UnitNames::one_of(const Units& units, const std::string& text, Date day) const {
    if (units.empty()) {
        return Error{Errc::not_found, pick(language_, "không có đơn vị nào tên hoặc mã là ", "no unit has the name or code ") +
                                          text + pick(language_, " (xem hoso unit list)", " (see hoso unit list)")};
    }
    Units open = units;
    std::erase_if(open, [&](const domain::Unit* unit) { return !was_open(*unit, day); });
    if (open.empty()) open = units;
    if (open.size() == 1) return open.front()->id;
    std::string listed;
    for (std::size_t i = 0; i < open.size() && i < listed_max; ++i) listed += (i ? "; " : "") + described(open[i]->id);
    return Error{Errc::conflict, pick(language_, "nhiều đơn vị cùng tên ", "several units are called ") + text +
                                     pick(language_, ", hãy ghi mã hoặc huyện: ", ", write the code or the district: ") + listed};
}

Result<UnitId> UnitNames::find_text(const std::string& text, const std::string& district, Date day) const {
    if (!district.empty()) {
        const Units above = by_text(district);
        if (above.empty()) return one_of(above, district, day);
        return one_of(below(by_text(text), above), text + ", " + district, day);
    }
    const Units units = by_text(text);
    const auto comma = text.find(',');
    if (!units.empty() || comma == std::string::npos) return one_of(units, text, day);
    const std::string_view behind = std::string_view(text).substr(comma + 1);  // "Xã Cao Sơn, huyện Đà Bắc, tỉnh Hòa Bình"
    const std::string next = joined(words_of(behind.substr(0, behind.find(','))), 0);
    return next.empty() ? one_of({}, text, day) : find_text(text.substr(0, comma), next, day);
}

Result<UnitId> UnitNames::find(const Asked& asked, Date day) const {
    if (asked.code.empty()) return find_text(asked.name, asked.district, day);
    const auto by_its_code = find_text(asked.code, asked.district, day);
    if (!by_its_code || asked.name.empty()) return by_its_code;
    const Units named = by_text(asked.name.substr(0, asked.name.find(',')));
    if (std::find(named.begin(), named.end(), registry_.unit(*by_its_code)) != named.end()) return by_its_code;
    return Error{Errc::invalid, pick(language_, "mã ", "the code ") + asked.code + pick(language_, " là của ", " is that of ") +
                                    described(*by_its_code) + pick(language_, ", không phải ", ", not of ") + asked.name};
}

bool UnitNames::is_open(const UnitId& id, Date day) const {
    const domain::Unit* unit = registry_.unit(id);
    return unit && (unit->valid_to == Date{} || unit->valid_to >= day);
}

UnitId UnitNames::current(const UnitId& id, Date day) const {
    UnitId at = id;
    for (int i = 0; i < takeovers_max && !is_open(at, day); ++i) {
        const domain::Unit* unit = registry_.unit(at);
        if (!unit || unit->successors.size() != 1 || !unit->successors.front().whole) break;
        at = unit->successors.front().unit;
    }
    return at;
}

std::string UnitNames::described(const UnitId& id) const {
    const domain::Unit* unit = registry_.unit(id);
    if (!unit) return id.hex();
    const std::string above = views::unit_name(registry_, unit->parent);
    return views::unit_path(registry_, id) + " " + unit->name + (above.empty() ? "" : " (" + above + ")");
}

std::string UnitNames::successors(const UnitId& id) const {
    std::string listed;
    const domain::Unit* unit = registry_.unit(id);
    if (!unit) return listed;
    for (const auto& successor : unit->successors) listed += (listed.empty() ? "" : "; ") + described(successor.unit);
    return listed;
}

}  // namespace hoso::client::cli
