#pragma once

#include "client/cli/session.hpp"

namespace hoso::client::cli {

// Takes numbers out of this desk's blocks, one after another, none twice. Which are used it knows from its own pending actions too.
class Numbers {
public:
    explicit Numbers(const Session& session) : registry_(session.registry()), device_(session.desk.identity().device) {}
    Result<domain::Number> take(domain::NumberKind kind);  // Errc::not_found when no block has one left
    std::string text(const domain::Number& number) const { return registry_.blocks.at(number.block).text(number.value); }

private:
    const domain::Registry& registry_;
    DeviceId device_;
    std::set<std::pair<Uuid, std::uint32_t>> taken_;
};

}  // namespace hoso::client::cli
