#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "server/inbox.hpp"

namespace hoso::server {

// Who must hear of new events: one conversation per device. From any thread.
class Hub {
public:
    // A device's newer connection takes the place of its older one, which is told to stop.
    void enter(const DeviceId& device, const std::shared_ptr<Inbox>& inbox);
    void leave(const DeviceId& device, const std::shared_ptr<Inbox>& inbox);
    void grew(const sync::server::Grew& news);
    void stop_all(sync::ByeReason reason);
    std::size_t size() const;

private:
    mutable std::mutex mutex_;
    std::map<DeviceId, std::shared_ptr<Inbox>> members_;
};

}  // namespace hoso::server
