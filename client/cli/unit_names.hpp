#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/text/language.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/registry.hpp"

namespace hoso::client::cli {

// Units by what lists call them: a path of codes, an official code, or a name with or without its kind and its accents.
class UnitNames {
public:
    // The registry must outlive this.
    UnitNames(const domain::Registry& registry, Language language);

    struct Asked {
        std::string code;      // where there is one, it says which; the name must agree then
        std::string name;      // also a path, a code or an id
        std::string district;  // or another unit above it; may be empty
    };
    // The one that was in force on the day; if there was none, the only one there ever was. Errc::not_found, conflict (with the
    // candidates) for several, invalid when code and name are not those of one unit.
    Result<UnitId> find(const Asked& asked, Date day) const;

    // What the unit is on a day: itself, or what took it over as a whole.
    UnitId current(const UnitId& unit, Date day) const;
    bool is_open(const UnitId& unit, Date day) const;
    std::string described(const UnitId& unit) const;   // 17/150/04876 Xã Cao Sơn (Huyện Đà Bắc)
    std::string successors(const UnitId& unit) const;  // described, one after the other

private:
    using Units = std::vector<const domain::Unit*>;
    struct Name {
        std::string kind;  // folded, empty when the name has none
        std::string key;   // as name_key, without the kind
        std::string plain;
    };
    static Name taken_apart(std::string_view name);
    Units by_name(std::string_view name) const;
    Units by_code(std::string_view code) const;
    Units by_path(std::string_view path) const;
    Units by_text(const std::string& text) const;
    Units below(Units units, const Units& above) const;
    Result<UnitId> one_of(const Units& units, const std::string& text, Date day) const;
    Result<UnitId> find_text(const std::string& text, const std::string& district, Date day) const;

    const domain::Registry& registry_;
    Language language_;
    std::map<UnitId, Name> names_;
    std::map<std::string, Units, std::less<>> keys_;
    std::map<std::string, Units, std::less<>> plain_;
    std::map<std::string, Units, std::less<>> codes_;  // also without the zeros that a spreadsheet takes away
};

}  // namespace hoso::client::cli
