#include "server/past.hpp"

namespace hoso::server {
namespace {

constexpr std::size_t remembered_max = 1024;

}  // namespace

Result<replica::Past> PastSizes::at(std::uint64_t size) {
    if (const auto found = remembered_.find(size); found != remembered_.end()) return found->second;
    if (size == 0 || size > log_.size()) return Error{Errc::not_found, "the log was never acknowledged at that size"};
    const auto last = log_.at(size - 1);
    if (!last) return Error{Errc::io, last.error().detail};
    const auto root = log::root_at(log_, size);
    if (!root) return Error{Errc::io, root.error().detail};
    if (remembered_.size() >= remembered_max) remembered_.erase(remembered_.begin());  // the smallest
    return remembered_.emplace(size, replica::Past{last->head.received, *root}).first->second;
}

}  // namespace hoso::server
