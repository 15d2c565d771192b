#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

// What the papers and photographs of a dossier are, and small pictures of them. Every file is taken for hostile: a picture that
// would fill the memory is refused before it is decoded, and PDF is drawn by another process that has limits.
namespace hoso::client::media {

inline constexpr std::size_t preview_bytes_max = 30 * 1024;
inline constexpr unsigned preview_side_px_max = 480;
inline constexpr unsigned scaled_side_px_max = 1920;

// What the first bytes say, never the name: "application/pdf", "image/jpeg", "audio/mpeg"; "application/octet-stream" for what
// nobody knows and for an empty file. Errc::not_found, denied or io if it cannot be read, invalid for what is no regular file.
Result<std::string> media_type(const std::filesystem::path& file);
Result<std::string> media_type(ByteSpan start);  // of a file of which that is the beginning; Errc::io

// A JPEG of at most `preview_bytes_max`, upright and without metadata, of a JPEG or PNG picture or a PDF's first page.
// Errc::not_found for a type that has none, invalid if the file is broken or is not what `type` says, limit if it would take
// too much memory or time, io if poppler is not installed; and those of media_type.
Result<Bytes> preview(const std::filesystem::path& file, const std::string& type);

// A JPEG of the first page of a PDF. Errc as for preview.
Result<Bytes> page_picture(const std::filesystem::path& pdf, unsigned side_px_max);

// The picture as an upright JPEG of quality 85 whose sides are at most `side_px_max`, without place, device or other metadata.
// If that has more bytes than the file has, what is answered is the picture as it was stored, in its own type and size, without
// the metadata; or, if it must be turned, a JPEG of less quality or size. Errc as for preview; not_found for what is no picture.
Result<Bytes> scaled(const std::filesystem::path& image, const std::string& type, unsigned side_px_max = scaled_side_px_max);

}  // namespace hoso::client::media
