#pragma once

#include <map>
#include <optional>

#include "shared/domain/action.hpp"
#include "shared/domain/verdict.hpp"

namespace hoso::client {

enum class Settled : std::uint8_t { adopted, annulled };
const char* name(Settled settled);

// What became of held actions, told the events of the log one after another. An adoption or an annulment may be held itself: it
// counts once it was adopted.
class Settlements {
public:
    bool waiting() const { return waiting_ > 0; }  // else no event needs to be told
    void watch(const ActionId& held);
    void take(const domain::Body& body, const ActionId& id, domain::Outcome outcome);
    std::optional<Settled> of(const ActionId& watched) const;

private:
    void settle(const std::vector<ActionId>& named, Settled how);

    // A held action, with those that it would settle.
    struct Held {
        bool watched = false;
        std::vector<ActionId> named;
        Settled how = Settled::adopted;
    };
    std::map<ActionId, Held> held_;
    std::size_t waiting_ = 0;  // of these, watched
    std::map<ActionId, Settled> settled_;
};

}  // namespace hoso::client
