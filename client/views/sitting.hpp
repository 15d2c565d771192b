#pragma once

#include "shared/domain/product.hpp"

// What became of a council's meeting for one of its dossiers.
namespace hoso::client::views {

// It is of the dossier's stage and was not counted yet.
bool sits_on(const domain::Registry& registry, const domain::Meeting& meeting, const domain::Product& product,
             const domain::Dossier& dossier);

// As it is judged when it is tallied: one with too few sheets, or with sheets too far apart, never is. For a meeting that sits on
// the dossier.
enum class Sitting : std::uint8_t { open, countable, too_few, too_far };
Sitting sitting(const domain::Registry& registry, const domain::Meeting& meeting, const domain::Product& product,
                const domain::Dossier& dossier);

// Another meeting goes on with the dossier: one that is open, one that counts, or one whose sheets were too far apart later.
bool met_again(const domain::Registry& registry, const domain::Meeting& meeting, const domain::Product& product,
               const domain::Dossier& dossier);

}  // namespace hoso::client::views
