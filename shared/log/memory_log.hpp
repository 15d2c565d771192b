#pragma once

#include <map>

#include "shared/log/filing.hpp"
#include "shared/log/log.hpp"

namespace hoso::log {

// A Log in memory, for tests and simulations: what the log on disk must equal. For one thread.
class MemoryLog final : public Log {
public:
    // Without `stream_of` everything counts to the registry's stream.
    explicit MemoryLog(Extent extent = Extent::whole, StreamOf stream_of = {});

    Position size() const override;
    Result<void> append(std::span<const Event> events) override;
    Result<Event> at(Position position) const override;
    Result<std::vector<Event>> read(Position from, std::size_t events_max, std::size_t bytes_max) const override;
    Result<ScopedEvents> read_scopes(std::span<const ScopeCursor> cursors, std::size_t events_max,
                                     std::size_t bytes_max) const override;
    Result<std::vector<PushRecord>> pushes(const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq,
                                           std::uint64_t last_seq) const override;
    Result<std::vector<Position>> stream(const StreamId& stream) const override;
    const CompactTree& tree() const override { return tree_; }
    Result<Hash> node(unsigned level, std::uint64_t index) const override;

private:
    using Chain = std::pair<DeviceId, std::uint32_t>;  // a device's epoch

    void add(const Event& event);
    void add_leaf(const Event& event);

    Extent extent_;
    StreamOf stream_of_;
    LogId log_;
    std::vector<Event> events_;
    std::map<Chain, std::vector<PushRecord>> pushes_;
    std::map<StreamId, std::vector<Position>> streams_;
    CompactTree tree_;
    std::vector<std::vector<Hash>> levels_;  // hashes of complete subtrees
};

}  // namespace hoso::log
