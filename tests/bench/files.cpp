#include "tests/bench/files.hpp"

#include <algorithm>
#include <fstream>
#include <thread>

#include "tests/bench/figures.hpp"
#include "tests/bench/limits.hpp"

namespace hoso::bench {
namespace {

constexpr std::uint64_t megabyte = 1'000'000;

// By its beginning a film, and nothing makes it smaller.
void write_film(const std::filesystem::path& path, std::uint64_t bytes) {
    std::ofstream file(path, std::ios::binary);
    static constexpr char begin[] =
        "\0\0\0\x18"
        "ftypmp42\0\0\0\0mp42isom";
    file.write(begin, sizeof begin - 1);
    std::uint64_t state = 20231215, written = sizeof begin - 1;
    Bytes part(megabyte);
    while (written < bytes) {
        for (std::size_t at = 0; at + 8 <= part.size(); at += 8) {
            state += 0x9E3779B97F4A7C15;
            store_le(part.data() + at, (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
        }
        const auto next = std::min<std::uint64_t>(part.size(), bytes - written);
        file.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(next));
        written += next;
    }
}

bool stored(const std::filesystem::path& server, const Hash& root) {
    const std::string name = root.hex();
    return std::filesystem::exists(server / "blobs" / name.substr(0, 2) / name);
}

}  // namespace

void files(Season& season, std::uint64_t megabytes) {
    section("A file from a commune's desk to the server, real programs on loopback");
    const std::uint64_t bytes = megabytes * megabyte;
    const auto film = season.folder() / "film.mp4";
    write_film(film, bytes);
    const Stopwatch adding;
    const Hash root = season.cite_film(film);
    rate("kept on the desk, hashed and synced", static_cast<double>(bytes) / 1e6, adding.seconds(), "MB");
    std::filesystem::remove(film);
    season.close_desks();
    const double server_before = season.server_resident_mb();
    const Child desk(season.desk_command("commune", {"run"}));
    double server_most = 0, desk_most = 0;
    const Stopwatch watch;
    while (!stored(season.server_folder(), root) && watch.seconds() < 1'800) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        server_most = std::max(server_most, season.server_resident_mb());
        desk_most = std::max(desk_most, desk.resident_mb());
    }
    const double moved = static_cast<double>(bytes) / watch.seconds();
    rate("moved: verified, and on the server's disk", static_cast<double>(bytes) / 1e6, watch.seconds(), "MB");
    amount("server resident, before it", server_before, "MB");
    amount("server resident, most while it came", server_most, "MB");
    amount("desk resident, most while it went", desk_most, "MB");
    const Bytes piece(sync::piece_bytes_max, 7);
    const double raw = raw_stream(piece, bytes / piece.size());
    rate("limit: WebSocket over TLS, the same bytes in such pieces", raw / 1e6, 1, "MB");
    ratio("moved / raw stream", moved / raw, "");
}

}  // namespace hoso::bench
