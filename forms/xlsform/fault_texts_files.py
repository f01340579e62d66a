"""The wording of faults of the files that are attached to a checklist, and of the cells that name them."""

from __future__ import annotations

ATTACHED_TEXTS: dict[str, tuple[str, str]] = {
    "file_missing": (
        "Chưa có tệp “{file}”. Hãy đính kèm tệp này cùng phiếu.{did_you_mean_vi}",
        "The file “{file}” is missing. Attach it to the checklist.{did_you_mean_en}",
    ),
    "file_unused": (
        "Không có chỗ nào trong phiếu dùng tệp này nên tệp không được giữ.",
        "Nothing in the checklist uses this file, so it is not kept.",
    ),
    "file_name_invalid": (
        "“{file}” không dùng làm tên tệp được. Hãy ghi tên không có thư mục, ví dụ “{better}”.",
        "“{file}” cannot be the name of a file. Write a name without folders, such as “{better}”.",
    ),
    "file_type_unsupported": (
        "Danh sách trong tệp phải là .csv, .geojson hoặc .xml, không phải “{file}”. Hãy lưu lại dưới dạng CSV UTF-8.",
        "A list in a file must be .csv, .geojson or .xml, not “{file}”. Save it as CSV UTF-8.",
    ),
    "file_clash": (
        "Hai tệp “{file}” và “{other}” cùng có tên “{name}” trong biểu thức. Hãy đổi tên một tệp.",
        "Both “{file}” and “{other}” would be “{name}” in expressions. Rename one of them.",
    ),
    "file_without_rows": (
        "Tệp chỉ có tên cột hoặc không có dòng nào. Hãy thêm các dòng.",
        "The file has no rows below the names of its columns. Add some.",
    ),
    "file_column_unnamed": (
        "Cột này không có tên. Hãy ghi tên cột ở dòng đầu tiên.",
        "This column has no name. Write one in the first row.",
    ),
    "file_column_missing": (
        "Tệp “{file}” không có cột “{column}”; có: {known}. Hãy sửa tên cột, hoặc ghi value=… label=… ở parameters.",
        "The file “{file}” has no column “{column}”; it has: {known}. Rename it, or name the column in parameters with "
        "value=… label=….",
    ),
    "file_value_missing": (
        "Dòng này thiếu giá trị ở cột “{column}”. Mỗi lựa chọn cần một giá trị.",
        "This row has nothing in column “{column}”. Every choice needs a value there.",
    ),
    "file_label_missing": (
        "Dòng này thiếu nhãn ở cột “{column}”. Hãy ghi nội dung của lựa chọn.",
        "This row has nothing in column “{column}”. Write the words of the choice.",
    ),
    "file_label_quotes": (
        "Nhãn trong tệp không chèn câu trả lời được. Hãy bỏ “${{…}}”.",
        "The words of a list in a file cannot quote answers. Remove “${{…}}”.",
    ),
    "file_value_twice": (
        "“{name}” đã có ở dòng {other}. Mỗi giá trị chỉ được dùng một lần.",
        "“{name}” stands in row {other} already. Use each value once.",
    ),
    "file_value_spaced": (
        "“{name}” có dấu cách, không dùng được cho câu chọn nhiều. Hãy viết, ví dụ, “{better}”.",
        "“{name}” holds spaces, which a choice of several cannot have. Write, for instance, “{better}”.",
    ),
    "geojson_broken": (
        "Tệp không phải là GeoJSON hợp lệ. Hãy xuất lại từ phần mềm bản đồ.",
        "The file is not valid GeoJSON. Export it again from the mapping program.",
    ),
    "geojson_not_features": (
        "GeoJSON phải là một FeatureCollection gồm các Feature có properties. Hãy xuất lại từ phần mềm bản đồ.",
        "The GeoJSON must be a FeatureCollection of features with properties. Export it again from the mapping tool.",
    ),
    "geojson_nested": (
        "Thuộc tính này chứa nhiều giá trị lồng nhau. Hãy để một giá trị cho mỗi thuộc tính.",
        "This property holds values inside values. Give each property one value.",
    ),
    "geojson_geometry_taken": (
        "Tên “geometry” dành cho vị trí. Hãy đổi tên thuộc tính này.",
        "The name “geometry” is kept for the place. Rename this property.",
    ),
    "geojson_geometry_unusable": (
        "Vị trí phải là Point, LineString hoặc Polygon với kinh độ và vĩ độ hợp lệ. Hãy tách hoặc sửa đối tượng này.",
        "The place must be a Point, LineString or Polygon with a longitude and latitude. Correct this feature.",
    ),
    "xml_broken": (
        "Tệp không phải là XML hợp lệ ở dòng này. Hãy sửa hoặc lưu lại danh sách dưới dạng CSV UTF-8.",
        "The file is not valid XML at this line. Correct it, or save the list as CSV UTF-8.",
    ),
    "xml_declares": (
        "Tệp XML không được có DOCTYPE hoặc ENTITY. Hãy bỏ các khai báo này.",
        "The XML file must not hold DOCTYPE or ENTITY. Remove these declarations.",
    ),
    "xml_not_table": (
        "XML phải có dạng <root><item><name>…</name></item></root>, không có thuộc tính và không lồng sâu hơn.",
        "The XML must look like <root><item><name>…</name></item></root>, without attributes and no deeper.",
    ),
    "xml_column_twice": (
        "Cột này có hai lần trong một dòng. Hãy bỏ bớt một.",
        "This column stands twice in one row. Remove one.",
    ),
    "media_unusable": (
        "Tệp không phải là ảnh PNG, JPEG, WebP, âm thanh hay video dùng được, hoặc quá lớn. Hãy lưu lại ở dạng khác.",
        "The file is no picture (PNG, JPEG, WebP), sound or video that can be used, or too large. Save it another way.",
    ),
    "files_too_large": (
        "Các tệp đính kèm có tổng cộng {size} MB, lớn hơn mức cho phép {most} MB. Hãy giảm kích thước ảnh, video.",
        "The attached files have {size} MB together, more than the {most} MB allowed. Make pictures, videos smaller.",
    ),
}  # fmt: skip
