#pragma once

#include <vector>

#include "client/desk.hpp"

namespace hoso::client {

// What would become of actions that nobody recorded yet: each is judged on a copy of what is pending, on top of those that it would
// follow. Writes nothing, and stays as it is while the desk goes on.
class Trial {
public:
    // `streams` names those that exist already and that an action may be for.
    Trial(const Desk& desk, std::span<const StreamId> streams);

    // For actions that stand or fall together: a verdict for each up to the first that is void, which is the last one then. With
    // `force` what is void counts, too. Whoever goes on after a void one makes new ids for what was to be opened before it.
    std::vector<domain::Verdict> judge(std::span<const Proposal> together, bool force);

private:
    const Desk& desk_;
    replica::Replica copy_;
    std::uint64_t next_seq_;
};

}  // namespace hoso::client
