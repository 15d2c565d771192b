#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>

#include "shared/base/bytes.hpp"

// Files as a disk fault, a thief of time or a bad backup would leave them.
namespace hoso::tests {

inline Bytes read_bytes(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return Bytes(std::istreambuf_iterator<char>{in}, {});
}

inline void write_bytes(const std::filesystem::path& file, ByteSpan bytes) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

inline void flip_bit(const std::filesystem::path& file, std::size_t byte, unsigned bit) {
    std::fstream out{file, std::ios::binary | std::ios::in | std::ios::out};
    out.seekg(static_cast<std::streamoff>(byte));
    const int held = out.get();
    out.seekp(static_cast<std::streamoff>(byte));
    out.put(static_cast<char>(held ^ 1 << bit));
}

inline void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

}  // namespace hoso::tests
