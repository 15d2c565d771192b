#include "shared/log/log.hpp"

namespace hoso::log {

Result<Hash> root_at(const Log& log, std::uint64_t size) {
    if (size > log.size()) return Error{Errc::not_found, "the log does not reach " + std::to_string(size) + " events"};
    std::vector<Hash> frontier;
    std::uint64_t done = 0;
    for (unsigned level = 63; level < 64; --level) {
        if (!(size >> level & 1)) continue;
        auto node = log.node(level, done >> level);
        if (!node) return node.error();
        frontier.push_back(*node);
        done += std::uint64_t{1} << level;
    }
    return CompactTree(size, std::move(frontier)).root();
}

}  // namespace hoso::log
