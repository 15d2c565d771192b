#include "server/limits.hpp"

#include <sys/resource.h>

#include <algorithm>

#include "shared/net/connection.hpp"
#include "shared/sync/frame.hpp"

namespace hoso::server {
namespace {

constexpr std::uint64_t reserve_bytes_min = 1ull << 30;
constexpr std::uint64_t reserve_parts = 20;  // of the disk
constexpr std::uint64_t files_of_the_log =
    1280;  // RocksDB keeps at most 1024 tables open; its own logs, the watermark, sockets that wait

void row(std::string& out, std::string_view name, std::uint64_t value, std::string_view unit) {
    std::string line{name};
    line.resize(52, ' ');
    out += line + std::to_string(value) + (unit.empty() ? "" : " ") + std::string{unit} + "\n";
}

}  // namespace

std::string table_of(const Limits& limits) {
    std::string out;
    const auto seconds = [](int value) { return static_cast<std::uint64_t>(value); };
    row(out, "handshakes (TCP, TLS, WebSocket), each at most", seconds(net::handshake_seconds_max), "s");
    row(out, "before a device is known: time", seconds(limits.early_seconds_max), "s");
    row(out, "before a device is known: time to enrol it", seconds(limits.enrolment_seconds_max), "s");
    row(out, "before a device is known: message", limits.early_message_bytes_max, "bytes");
    row(out, "before a device is known: connections of one host", limits.early_per_host_max, "");
    row(out, "before a device is known: connections in all", limits.early_total_max, "");
    row(out, "handshakes of one host", limits.handshakes_per_minute, "a minute");
    out += limits.loopback_is_free ? "  (limits per host do not count for this machine itself)\n" : "";
    row(out, "connections in all", limits.connections_max, "");
    row(out, "ping after silence of", seconds(net::ping_seconds), "s");
    row(out, "dead after silence of", seconds(net::silence_seconds_max), "s");
    row(out, "frame on the wire", sync::frame_bytes_max, "bytes");
    row(out, "frame unpacked", sync::message_bytes_max, "bytes");
    row(out, "action", log::action_bytes_max, "bytes");
    row(out, "push", log::push_actions_max, "actions");
    row(out, "push", log::push_bytes_max, "bytes");
    row(out, "pushes of one desk without an answer", sync::pushes_in_flight_max, "");
    row(out, "frames of one desk not yet looked at", limits.inbox_frames_max, "");
    row(out, "frames of events on their way to one desk", sync::event_frames_in_flight_max, "");
    row(out, "pushes waiting for the ledger", limits.waiting_pushes_max, "");
    row(out, "pushes waiting for the ledger", limits.waiting_bytes_max, "bytes");
    row(out, "pushes of one sync to disk", limits.group_pushes_max, "");
    row(out, "pushes of one sync to disk", limits.group_bytes_max, "bytes");
    row(out, "one frame to leave, at most", seconds(limits.send_seconds_max), "s");
    row(out, "events of one device, 0 for no limit", limits.device_bytes_per_day, "bytes a day");
    row(out, "files of one device, 0 for no limit", limits.device_file_bytes_per_day, "bytes a day");
    row(out, "every file read again within", seconds(limits.scrub_hours), "hours");
    row(out, "file", log::file_bytes_max, "bytes");
    row(out, "piece of a file on the wire", sync::piece_bytes_max, "bytes");
    row(out, "files asked for ahead of what has come", sync::blob_window_bytes, "bytes");
    row(out, "files of one desk offered at a time", sync::blob_offers_max, "");
    row(out, "ranges of files that wait to be sent to one desk", sync::blob_wants_max, "");
    row(out, "refused pushes kept", limits.quarantine_pushes_max, "");
    row(out, "refused pushes kept", limits.quarantine_bytes_max, "bytes");
    row(out, "refused pushes kept of one device", limits.quarantine_pushes_of_device_max, "");
    row(out, "disk left free, at least", limits.disk_reserve_bytes.value_or(reserve_bytes_min), "bytes");
    out += limits.disk_reserve_bytes ? "" : "  (or 5 % of the disk, if that is more)\n";
    return out;
}

std::uint64_t reserve_for(std::uint64_t disk_bytes) { return std::max(reserve_bytes_min, disk_bytes / reserve_parts); }

std::size_t connections_for(std::uint64_t open_files, std::size_t wanted) {
    const std::uint64_t kept_back = std::min(files_of_the_log, open_files / 2);
    return static_cast<std::size_t>(std::min<std::uint64_t>(wanted, open_files - kept_back));
}

std::uint64_t raise_open_files() {
    struct rlimit files {};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return 1024;  // what systems usually give
    const rlim_t before = files.rlim_cur;
    files.rlim_cur = files.rlim_max;
    return ::setrlimit(RLIMIT_NOFILE, &files) == 0 ? files.rlim_cur : before;
}

}  // namespace hoso::server
