#pragma once

#include "shared/io/database.hpp"
#include "shared/io/headlog.hpp"
#include "shared/log/log.hpp"

namespace hoso::io {

// A Log on disk. One writer, many readers. What is committed together lies under few keys: chunks of events under the big-endian
// position of their first, and ranges of positions per device, scope and stream, all in the batch of their events.
class RocksLog final : public log::Log {
public:
    struct Options {
        bool whole = true;   // dense positions, a tree, a watermark; false: a desk's scoped copy, which has holes and no tree
    };
    // Errc::amnesia if the watermark is ahead of, or differs from, what the disk still holds; the log is then open for reading only.
    static Result<std::unique_ptr<RocksLog>> open(Database& database, const std::filesystem::path& folder, const Options& options);
    ~RocksLog() override;

    Position size() const override;
    Result<void> append(std::span<const log::Event> events) override;
    Result<log::Event> at(Position position) const override;
    Result<std::vector<log::Event>> read(Position from, std::size_t events_max, std::size_t bytes_max) const override;
    Result<ScopedEvents> read_scopes(std::span<const log::ScopeCursor> cursors, std::size_t events_max,
                                     std::size_t bytes_max) const override;
    Result<std::vector<log::PushRecord>> pushes(const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq,
                                                std::uint64_t last_seq) const override;
    Result<std::vector<Position>> stream(const StreamId& stream) const override;
    const log::CompactTree& tree() const override;
    Result<Hash> node(unsigned level, std::uint64_t index) const override;

    // Settings of one log beside its events: durable on return.
    Result<void> put_meta(std::string_view key, ByteSpan value);
    Result<Bytes> get_meta(std::string_view key) const;  // Errc::not_found

private:
    struct Parts;
    explicit RocksLog(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace hoso::io
