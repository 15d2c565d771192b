#pragma once

#include <map>

#include "shared/log/log.hpp"
#include "shared/replica/replica.hpp"

namespace hoso::server {

// What stood at earlier sizes of the log. Most actions of a push have seen the same, so a few remembered answers save nearly every
// read.
class PastSizes {
public:
    explicit PastSizes(const log::Log& log) : log_(log) {}
    // Of what is durable: nobody was told of more. Errc::not_found past it.
    Result<replica::Past> at(std::uint64_t size);

private:
    const log::Log& log_;
    std::map<std::uint64_t, replica::Past> remembered_;
};

}  // namespace hoso::server
