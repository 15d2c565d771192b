#include "server/hub.hpp"

namespace hoso::server {

void Hub::enter(const DeviceId& device, const std::shared_ptr<Inbox>& inbox) {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<Inbox>& place = members_[device];
    if (place) place->answer(sync::server::Stop{sync::ByeReason::superseded});
    place = inbox;
}

void Hub::leave(const DeviceId& device, const std::shared_ptr<Inbox>& inbox) {
    const std::lock_guard lock(mutex_);
    const auto at = members_.find(device);
    if (at != members_.end() && at->second == inbox) members_.erase(at);
}

void Hub::grew(const sync::server::Grew& news) {
    const std::lock_guard lock(mutex_);
    for (const auto& [device, inbox] : members_) inbox->notify(news);
}

void Hub::stop_all(sync::ByeReason reason) {
    const std::lock_guard lock(mutex_);
    for (const auto& [device, inbox] : members_) inbox->answer(sync::server::Stop{reason});
}

std::size_t Hub::size() const {
    const std::lock_guard lock(mutex_);
    return members_.size();
}

}  // namespace hoso::server
