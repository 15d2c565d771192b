#include "client/private_fields.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "shared/base/hash.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client {

namespace json = boost::json;

namespace {

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto put = ::write(file, bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) return false;
        if (put > 0) bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

// A line that an earlier write left torn must not swallow the next one.
bool end_line(int file) {
    const auto size = ::lseek(file, 0, SEEK_END);
    if (size <= 0) return size == 0;
    char last = 0;
    if (::pread(file, &last, 1, size - 1) != 1) return false;
    return last == '\n' || write_all(file, "\n");
}

}  // namespace

Hash PrivateFields::seal(std::string_view field, std::string_view value) {
    const Hash salt = io::random_hash();
    const Hash commitment =
        sha256({as_bytes("hoso/field/v1"), salt.span(), as_bytes(field), as_bytes(std::string_view("\0", 1)), as_bytes(value)});
    const json::object line{{"commitment", commitment.hex()}, {"salt", salt.hex()}, {"field", field}, {"value", value}};
    unwritten_ += json::serialize(line) + "\n";
    values_[commitment] = value;
    return commitment;
}

Result<void> PrivateFields::flush() {
    if (unwritten_.empty()) return {};
    const int file = ::open(file_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    const bool done = file >= 0 && end_line(file) && write_all(file, unwritten_) && ::fsync(file) == 0;
    const int error = errno;
    if (file >= 0) ::close(file);
    if (!done) {
        return Error{error == ENOSPC || error == EDQUOT ? Errc::full : Errc::io,
                     "The file " + file_.string() + " cannot be written, so nothing was recorded: " + std::strerror(error) + "."};
    }
    unwritten_.clear();
    return io::sync_folder(file_.parent_path());
}

std::optional<std::string> PrivateFields::open(const Hash& commitment) const {
    if (!loaded_) load();
    const auto found = values_.find(commitment);
    return found == values_.end() ? std::nullopt : std::optional{found->second};
}

// A line that a crash tore holds no value that any action names.
void PrivateFields::load() const {
    loaded_ = true;
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
        boost::system::error_code failed;
        const json::value parsed = json::parse(line, failed);
        if (failed || !parsed.is_object()) continue;
        const auto* commitment = parsed.as_object().if_contains("commitment");
        const auto* value = parsed.as_object().if_contains("value");
        if (!commitment || !value || !commitment->is_string() || !value->is_string()) continue;
        if (const auto hash = Hash::from_hex(std::string_view{commitment->as_string()}))
            values_[*hash] = std::string{value->as_string()};
    }
}

}  // namespace hoso::client
