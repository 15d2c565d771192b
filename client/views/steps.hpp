#pragma once

#include "shared/domain/product.hpp"

namespace hoso::client::views {

// How far a dossier came, also where it was returned, declined or withdrawn since. The state keeps no history: of one that was
// returned more than once, or withdrawn after that, `received` is true only where its turns prove it.
struct Steps {
    bool submitted = false;
    bool received = false;
    bool tallied = false;
    bool forwarded = false;
    std::uint8_t stars = 0;  // of its newest certificate
    Date done{};             // recognised first, declined or withdrawn; Date{}: under way
};
Steps steps_of(const domain::Registry& registry, const domain::Product& product, const domain::Dossier& dossier);

// The answer of the stage above stands for the council's result (domain, fall_back); its `minutes` are the number of a decision.
bool fell_back(const domain::Tally& tally);
// The result that the dossier stands on now: none while it is drafted or supplemented, nor when it is back before a council whose
// result was of the dossier as it was.
const domain::Tally* standing_tally(const domain::Registry& registry, const domain::Dossier& dossier);

}  // namespace hoso::client::views
