#include <magic.h>

#include <memory>

#include "client/media/media.hpp"
#include "client/media/open_file.hpp"

namespace hoso::client::media {
namespace {

// An office file says what it is some way behind its start.
constexpr std::size_t looked_at_bytes_max = 256 * 1024;

struct CloseMagic {
    void operator()(magic_t magic) const { magic_close(magic); }
};
using Magic = std::unique_ptr<magic_set, CloseMagic>;

}  // namespace

Result<std::string> media_type(const std::filesystem::path& file) {
    auto opened = open_file(file);
    if (!opened) return opened.error();
    const auto start = read_start(**opened, looked_at_bytes_max);
    if (!start) return start.error();
    return media_type(ByteSpan(*start));
}

Result<std::string> media_type(ByteSpan start) {
    const std::string unknown = "application/octet-stream";
    if (start.empty()) return unknown;
    const Magic magic{magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS)};  // what is packed inside is not looked at
    if (!magic || magic_load(magic.get(), nullptr) != 0) {
        return Error{Errc::io, "The list of file types is missing: install the package libmagic-mgc."};
    }
    const char* found = magic_buffer(magic.get(), start.data(), start.size());
    if (found && found != unknown) return std::string{found};
    // What an ID3 tag stands before is known from behind the tag, and a cover in it may be larger than what we look at.
    return as_text(start).starts_with("ID3") ? "audio/mpeg" : unknown;
}

}  // namespace hoso::client::media
