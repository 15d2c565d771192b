#include "shared/domain/tally.hpp"

#include "shared/base/signature.hpp"
#include "shared/domain/dossier_checks.hpp"

namespace hoso::domain {
namespace {

// Opens one sheet of a meeting and says whether it may be counted for this dossier and author.
class Opener {
public:
    Opener(const ProductSet& set, const StreamId& product, const Dossier& dossier, const Meeting& meeting)
        : set_(set), product_(product), dossier_(dossier), meeting_(meeting) {}

    OpenedSheet open(const SealedSheet& sealed) const {
        OpenedSheet opened{.action = sealed.action, .author = sealed.author, .fault = SheetFault::none, .options = {}, .total = 0};
        opened.fault = look_into(sealed, opened.options);
        if (opened.fault == SheetFault::none) {
            opened.total = total(set_, opened.options);
        } else {
            opened.options.clear();
        }
        return opened;
    }

private:
    SheetFault look_into(const SealedSheet& sealed, Bytes& options) const {
        if (!meeting_.sheets.contains(sealed.action)) return SheetFault::not_listed;
        const auto plain = open_sealed(meeting_.public_key, meeting_.private_key, sealed.sealed);
        if (!plain) return SheetFault::sealed_otherwise;
        const auto sheet = decode_sheet(*plain);
        if (!sheet) return SheetFault::no_sheet;
        if (sheet->meeting != meeting_.id || sheet->product != product_ || sheet->dossier != dossier_.id ||
            sheet->assessor != sealed.author) {
            return SheetFault::bound_otherwise;
        }
        if (dossier_.recused(meeting_.council, sealed.author, meeting_.closed_at)) return SheetFault::recused;
        options = sheet->options;
        return options_hold(set_, options) ? SheetFault::none : SheetFault::not_offered;
    }

    const ProductSet& set_;
    const StreamId& product_;
    const Dossier& dossier_;
    const Meeting& meeting_;
};

}  // namespace

const char* name(SheetFault fault) {
    switch (fault) {
        case SheetFault::none: return "none";
        case SheetFault::not_listed: return "not_listed";
        case SheetFault::sealed_otherwise: return "sealed_otherwise";
        case SheetFault::no_sheet: return "no_sheet";
        case SheetFault::bound_otherwise: return "bound_otherwise";
        case SheetFault::recused: return "recused";
        case SheetFault::not_offered: return "not_offered";
    }
    return "unknown";
}

std::vector<OpenedSheet> open_sheets(const Registry& registry, const Product& product, const Dossier& dossier,
                                     const Meeting& meeting) {
    const auto sheets = dossier.sheets.find(meeting.id);
    if (!meeting.closed || sheets == dossier.sheets.end()) return {};
    const Opener opener{set_of(rules_of(registry, dossier), product), product.id, dossier, meeting};
    std::vector<OpenedSheet> opened;
    for (const auto& [author, sealed] : sheets->second) opened.push_back(opener.open(sealed));
    return opened;
}

std::optional<Grade> grade_sheets(const RuleSet& rules, const ProductSet& set, std::span<const OpenedSheet> sheets) {
    std::vector<Bytes> valid;
    for (const OpenedSheet& sheet : sheets) {
        if (sheet.fault == SheetFault::none) valid.push_back(sheet.options);
    }
    if (valid.empty()) return std::nullopt;
    return grade(rules, set, valid);
}

}  // namespace hoso::domain
