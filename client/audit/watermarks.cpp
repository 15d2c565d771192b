#include "client/audit/watermarks.hpp"

#include <boost/crc.hpp>

#include "shared/io/key_file.hpp"

namespace hoso::client::audit {
namespace {

constexpr std::size_t record_bytes = 128;
constexpr std::size_t checked_bytes = 124;
constexpr std::size_t file_bytes_max = 64 << 20;

bool holds(ByteSpan record) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(record.data(), checked_bytes);
    return as_text(record.first(4)) == "HWM1" && load_le<std::uint32_t>(record.data() + checked_bytes) == crc.checksum();
}

}  // namespace

Result<Watermarks> read_watermarks(const std::filesystem::path& folder) {
    Watermarks found;
    for (const char* name : {"headlog.0", "headlog.1"}) {
        const auto bytes = io::read_file(folder / name, file_bytes_max);
        if (!bytes && bytes.error().code == Errc::not_found) continue;
        if (!bytes) return bytes.error();
        for (std::size_t at = 0; at + record_bytes <= bytes->size(); at += record_bytes) {
            const ByteSpan record = ByteSpan{*bytes}.subspan(at, record_bytes);
            if (!holds(record)) continue;
            const auto number = load_le<std::uint64_t>(record.data() + 8);
            const auto size = load_le<std::uint64_t>(record.data() + 16);
            found.roots[size] = *Hash::from(record.subspan(56, Hash::size));
            if (number <= found.number) continue;
            found.number = number;
            found.size = size;
        }
    }
    return found;
}

}  // namespace hoso::client::audit
