#include "shared/replica/state.hpp"

namespace hoso::replica {

Stream::Stream() = default;
Stream::Stream(const Stream&) = default;
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(const Stream&) = default;
Stream& Stream::operator=(Stream&&) noexcept = default;
Stream::~Stream() = default;

State::State() = default;
State::State(const State&) = default;
State::State(State&&) noexcept = default;
State& State::operator=(const State&) = default;
State& State::operator=(State&&) noexcept = default;
State::~State() = default;

const Stream* State::stream(const StreamId& id) const {
    const auto found = streams.find(id);
    return found == streams.end() ? nullptr : &found->second;
}

const Session* State::session(const DeviceId& device, const ActionId& opening) const {
    const Stream* found = stream(device);
    const auto* content = found ? std::get_if<DeviceStream>(&found->content) : nullptr;
    if (!content) return nullptr;
    const auto session = content->sessions.find(opening);
    return session == content->sessions.end() ? nullptr : &session->second;
}

const domain::Product* State::product(const StreamId& id) const {
    const Stream* found = stream(id);
    return found ? std::get_if<domain::Product>(&found->content) : nullptr;
}

const domain::Subject* State::subject(const StreamId& id) const {
    const Stream* found = stream(id);
    return found ? std::get_if<domain::Subject>(&found->content) : nullptr;
}

}  // namespace hoso::replica
