<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Console</name>
    <message>
        <source>Patrol</source>
        <translation>巡防</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Points</source>
        <translation>必到点</translation>
    </message>
</context>
<context>
    <name>Patrol</name>
    <message>
        <source>A crew has reached it once its own track stayed inside for long enough.</source>
        <translation>巡逻组的定位轨迹在半径内停留满规定时间，才算到点。</translation>
    </message>
    <message>
        <source>A shows all points.</source>
        <translation>按 A 查看全部必到点。</translation>
    </message>
    <message>
        <source>A visit counts once a crew has stayed here for long enough.</source>
        <translation>巡逻组在此停留满规定时间后才记为到点。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add a point</source>
        <translation>新增必到点</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Another point takes its place</source>
        <translation>由其他必到点代替</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Came</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change the point</source>
        <translation>修改必到点</translation>
    </message>
    <message>
        <source>Choose a point first.</source>
        <translation>请先选择必到点。</translation>
    </message>
    <message>
        <source>Choose a point to see who was there.</source>
        <translation>请选择必到点，查看到点情况。</translation>
    </message>
    <message>
        <source>Crew</source>
        <translation>巡逻组</translation>
    </message>
    <message>
        <source>Due from {first} to {last}</source>
        <translation>启用期 {first} 至 {last}</translation>
    </message>
    <message>
        <source>Esc empties the search; A looks among all points.</source>
        <translation>按 Esc 清空查找；按 A 在全部必到点中查找。</translation>
    </message>
    <message>
        <source>Every point of this shift is reached</source>
        <translation>本班必到点已全部到点</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Find a point</source>
        <translation>查找必到点</translation>
    </message>
    <message>
        <source>Find by number or name  (/ or Ctrl+F)</source>
        <translation>按编号或名称查找（/ 或 Ctrl+F）</translation>
    </message>
    <message>
        <source>Find the place</source>
        <translation>查找地点</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>启用日期</translation>
    </message>
    <message>
        <source>Found: {place}</source>
        <translation>已找到：{place}</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>It is due no more; its visits stay. Say why.</source>
        <translation>停用后不再要求到点，到点记录保留。请写明原因。</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>停用日期</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>纬度</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>经度</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Must-reach points</source>
        <translation>必到点</translation>
    </message>
    <message>
        <source>N adds one, Ctrl+I takes a list from a file.</source>
        <translation>按 N 新增，按 Ctrl+I 从文件导入。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No crew can move so fast: look at its receiver.</source>
        <translation>移动速度不合理，不计到点；请检查该组的定位终端。</translation>
    </message>
    <message>
        <source>No longer a focus of the patrol</source>
        <translation>不再是巡防重点</translation>
    </message>
    <message>
        <source>No place of this name; enter latitude and longitude instead.</source>
        <translation>没有找到这个地点；请直接填写经纬度。</translation>
    </message>
    <message>
        <source>No point fits these words</source>
        <translation>没有符合的必到点</translation>
    </message>
    <message>
        <source>No point is due in this shift</source>
        <translation>本班没有必到点</translation>
    </message>
    <message>
        <source>No visit in the last seven days</source>
        <translation>近七天没有到点记录</translation>
    </message>
    <message>
        <source>Not due</source>
        <translation>本班不查</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>Open ones</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>必到点</translation>
    </message>
    <message>
        <source>Point {number} added</source>
        <translation>已新增必到点 {number}</translation>
    </message>
    <message>
        <source>Point {number} changed</source>
        <translation>已修改必到点 {number}</translation>
    </message>
    <message>
        <source>Point {number} retired</source>
        <translation>已停用必到点 {number}</translation>
    </message>
    <message>
        <source>Radius (m)</source>
        <translation>半径（米）</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>已到</translation>
    </message>
    <message>
        <source>Reached at</source>
        <translation>到点时间</translation>
    </message>
    <message>
        <source>Reached {met}/{due}</source>
        <translation>已到 {met}/{due}</translation>
    </message>
    <message>
        <source>Report to the city</source>
        <translation>上报市局</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Retire the point {number}?</source>
        <translation>停用必到点 {number}？</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Retired {time}: {reason}</source>
        <translation>{time} 停用：{reason}</translation>
    </message>
    <message>
        <source>Road closed</source>
        <translation>道路封闭</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stayed</source>
        <translation>停留</translation>
    </message>
    <message>
        <source>The chosen point</source>
        <translation>所选必到点</translation>
    </message>
    <message>
        <source>The city will be told: {met}/{due} reached</source>
        <translation>将上报市局：已到 {met}/{due}</translation>
    </message>
    <message>
        <source>The point is retired.</source>
        <translation>该必到点已停用。</translation>
    </message>
    <message>
        <source>This shift</source>
        <translation>本班</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Times a shift</source>
        <translation>每班次数</translation>
    </message>
    <message>
        <source>To stay (s)</source>
        <translation>停留（秒）</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>到点记录</translation>
    </message>
    <message>
        <source>Within {radius} m for {dwell}, {times} × a shift</source>
        <translation>半径 {radius} 米内停留 {dwell}，每班 {times} 次</translation>
    </message>
    <message>
        <source>YYYY-MM-DD, empty for always</source>
        <translation>年-月-日，留空为长期</translation>
    </message>
    <message>
        <source>by its place</source>
        <translation>按位置确定</translation>
    </message>
    <message>
        <source>street, A road and B street, grid code: fills in what is below</source>
        <translation>街道、A路与B街、网格码，找到后自动填入经纬度</translation>
    </message>
    <message>
        <source>{count} jumps of tracks not counted, last {crew} {time}</source>
        <translation>轨迹跳变 {count} 处，不计到点（最近 {crew} {time}）</translation>
    </message>
    <message>
        <source>{count} points added or changed</source>
        <translation>已新增或修改 {count} 个必到点</translation>
    </message>
    <message>
        <source>{count} points written</source>
        <translation>已导出 {count} 个必到点</translation>
    </message>
    <message>
        <source>{name} {first}–{last}, {left} left</source>
        <translation>{name} {first}–{last}，距下班 {left}</translation>
    </message>
    <message>
        <source>{time} {crew} {metres} m in {seconds} s</source>
        <translation>{time} {crew} {seconds} 秒移动 {metres} 米</translation>
    </message>
</context>
</TS>
