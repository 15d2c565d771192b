#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "shared/log/file_tree.hpp"
#include "shared/replica/state.hpp"

namespace hoso::server {

// Which files the log cites, in which streams, and where it says that they are stored. From any thread.
class Citations {
public:
    explicit Citations(const replica::State& state);

    // After an event of this stream that may have cited files. Tells the watch of those that await being stored there.
    void look_at(const StreamId& stream, const replica::Stream& content);
    // The events that say so are durable up to `past`, in the streams that `says_so` knows.
    void stored(const log::FileId& file, Position past, const std::function<bool(const StreamId&)>& says_so);

    struct Cited {
        std::vector<StreamId> awaiting;  // streams whose event is still to be logged
        Position past = 0;               // the newest event that says that it is stored
    };
    std::optional<Cited> find(const log::FileId& file) const;
    // True if it is cited in one of these scopes.
    bool seen_from(const log::FileId& file, std::span<const UnitId> scopes) const;
    std::vector<log::FileId> awaited() const;
    std::vector<log::FileId> stored() const;  // by the log's word
    // Called on the ledger's thread with what is newly awaited; must not wait.
    void watch(std::function<void(std::vector<log::FileId>)> call);

private:
    struct Entry {
        std::map<StreamId, UnitId> streams;  // and their scopes
        std::vector<StreamId> awaiting;
        Position past = 0;
    };
    mutable std::mutex mutex_;
    std::map<log::FileId, Entry> entries_;  // a root under a size that is not its own is nobody's file
    std::function<void(std::vector<log::FileId>)> watch_;
};

}  // namespace hoso::server
