#pragma once

#include <optional>
#include <span>
#include <vector>

#include "shared/domain/product.hpp"

// A council's sheets once its meeting is closed: every replica opens them with the published key and comes to the same result.
namespace hoso::domain {

// Why a sheet does not count.
enum class SheetFault : std::uint8_t {
    none,
    not_listed,        // the closing of the meeting does not count it
    sealed_otherwise,  // not sealed to the meeting's key
    no_sheet,          // something else was sealed
    bound_otherwise,   // made for another meeting, product, dossier or assessor
    recused,           // its author may not judge this dossier, as was known when the meeting was closed
    not_offered,       // an option that its criterion does not offer, or one too few
};
const char* name(SheetFault fault);

struct OpenedSheet {
    ActionId action;
    AccountId author;
    SheetFault fault = SheetFault::none;
    Bytes options;  // of a sheet that counts
    Points total = 0;
};

// The newest sheet of every author for this dossier at this meeting, in the order of accounts; none before the meeting is closed.
// A sheet that its author replaced counts no more, even where the closing lists it and not its successor.
std::vector<OpenedSheet> open_sheets(const Registry& registry, const Product& product, const Dossier& dossier,
                                     const Meeting& meeting);

// Over the sheets that count; empty if there are none.
std::optional<Grade> grade_sheets(const RuleSet& rules, const ProductSet& set, std::span<const OpenedSheet> sheets);

}  // namespace hoso::domain
